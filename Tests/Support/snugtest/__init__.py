"""Clients and server processes that every test of a running server is built on."""

"""The release build of the layers below the server, without SwiftNIO, in which the load generator and the engine's
benchmark are."""

import subprocess

from .server import ROOT

SCRATCH = ".build/engine"


def core_command(subcommand: str, *arguments: str) -> list[str]:
    """The words that run a subcommand of swift on those layers."""
    options = subprocess.run(["Scripts/release-flags"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return ["Scripts/swift-core", "core", subcommand, *options.split(), "--scratch-path", SCRATCH, *arguments]

internal import ArgumentParser
internal import SnugConfiguration

Snug.main()

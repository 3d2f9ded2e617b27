"""The command line: one function per subcommand (EXCHANGE.md 1)."""

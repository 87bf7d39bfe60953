"""The console command `autoresearch`: one thin module a subcommand. Nothing imports it."""

"""The command line of Comity: one thin module per verb."""

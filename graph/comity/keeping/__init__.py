"""Keeping a store: check it, export it, compare it, back it up and restore it."""

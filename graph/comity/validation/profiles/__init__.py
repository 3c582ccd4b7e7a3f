"""Profiles: how bad each kind of result is, for somebody's purpose."""

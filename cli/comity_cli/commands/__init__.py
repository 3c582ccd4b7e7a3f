"""The verbs; each module holds one click command named like itself."""

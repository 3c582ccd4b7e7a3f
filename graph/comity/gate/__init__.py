"""The gate between what is read and what is stored."""

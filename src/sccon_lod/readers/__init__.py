"""Readers: each makes a table of records from files of one kind."""

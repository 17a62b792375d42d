"""Publish records of events, projects and organisations as validated linked open data."""

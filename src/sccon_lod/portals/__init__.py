"""What portals demand of a catalogue, and what they do with one."""

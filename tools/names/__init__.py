"""The parts of tools/names.py: sources, words, places, companies."""

"""Leaflets as files: a PDF or a picture comes in, pictures that every phone can show come out."""

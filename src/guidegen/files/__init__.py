"""Write files safely: atomic replacement and locks."""

"""Front matter: text to values and back, keeping the text."""

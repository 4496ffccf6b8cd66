"""Ghost: the JSON file that its labs page exports, and the files of its content folder."""

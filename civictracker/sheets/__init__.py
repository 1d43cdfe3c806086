"""A file → grids → understood tables → records with cell addresses. Pure but for reading the file."""

"""From grids and lines to the cells of the form. What cannot be placed for sure is missing, with a reason."""

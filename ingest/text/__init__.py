"""Characters, scripts, encodings, numbers and dates: what a string says, apart from any form."""

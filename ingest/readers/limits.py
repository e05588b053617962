"""The bounds that hold for every file, whatever is in it: documents are hostile."""

MAX_BYTES = 64 * 1024 * 1024
"""A larger file is not parsed: no report with its pictures comes near it."""
MAX_HTML_BYTES = 16 * 1024 * 1024
MAX_HTML_DEPTH = 500
MAX_BLOCKS = 400_000
MAX_CELL_CHARACTERS = 20_000
MAX_GRID_COLUMNS = 120
MAX_GRID_CELLS = 500_000
MAX_SPAN = 200
MAX_PDF_PAGES = 400
MAX_PDF_OBJECTS = 300_000
"""What one page of a PDF may draw: texts, paths and pictures, those of the forms that it places among them."""
MAX_PDF_LETTERS = 200_000
MAX_PDF_SEGMENTS = 300_000
"""The lines and curves of all paths of one page that are looked at."""
MAX_PDF_CROSSINGS = 40_000
"""The places in which rules of one page may meet."""
MAX_PDF_NESTING = 12
MAX_OFFICE_PART = 64 * 1024 * 1024
"""What one part of an Office document may unpack to."""
CONVERT_SECONDS = 60
"""The time that LibreOffice may take for one file before it is ended."""
PARSE_SECONDS = 120
"""The time one file may take before its process is ended."""
OCR_SECONDS = 900
"""The same where scans are read by OCR, which takes some ten seconds a page."""
PARSE_MEMORY_BYTES = 3 * 1024**3
"""The address space one parsing process may take."""

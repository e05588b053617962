"""Reports with known truth: draws plausible annual reports and prints them in the forms that the wild has.

Independent of the reader on purpose: code shared with it would make both wrong together.
"""

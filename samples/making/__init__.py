"""The sample HTML page and the sample PDF, made from two of the sample texts: `python -m samples.making`."""

"""Files made to do harm, each measured as a build would take it: `python -m benchmarks.hostile`."""

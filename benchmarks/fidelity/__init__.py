"""How faithfully the parser reads: reports with known truth, each cell compared (`python -m benchmarks.fidelity`)."""

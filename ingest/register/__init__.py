"""The register of regions and agencies: who there is, under which names and codes, and in which years."""

"""What the dashboards' queries cost: each alone (`alone`), and asked by clients beside builds (`beside_builds`)."""

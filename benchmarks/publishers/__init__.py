"""How surely publishers are told: names and headers made from the division tables, whose truth is known by making."""

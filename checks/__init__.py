"""What the numbers of one report must fulfil, and which cell is wrong where they do not.

`identities` evaluates the equations within a report, `localise` finds the smallest sets of cells whose change makes all
of them hold, `patterns` names the mistake that fits, `suspects` does so for a whole lake.
"""

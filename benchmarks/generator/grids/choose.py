"""Which grid a plan asks for."""

from benchmarks.generator.grids.applications import applications_grid, transposed_grid
from benchmarks.generator.grids.disclosure import disclosure_grid
from benchmarks.generator.grids.grid import Grid
from benchmarks.generator.grids.reviews import reviews_grid
from benchmarks.generator.grids.statistics import statistics_grid
from benchmarks.generator.model import Table
from benchmarks.generator.plan import Plan


def grid_of(plan: Plan, table: Table) -> Grid:
    """The grid in which `plan` lays out `table`."""
    if table.section == "disclosure":
        return disclosure_grid(table.form, tuple(table.headers.items()))
    if table.section == "reviews":
        return reviews_grid(plan.review_rows)
    if table.section == "statistics":
        return statistics_grid(plan.cumulative, plan.provincial)
    if plan.format != "text" and plan.structure == "transposed":
        return transposed_grid(table.form)
    return applications_grid(table.form, plan.groups, plan.order, plan.subtotal_column)

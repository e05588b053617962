"""What the words of a report say: its title, period and date, who published it, and the numbers of its sentences."""

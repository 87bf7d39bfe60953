"""The growing library: theorems that searches have proved, made general."""

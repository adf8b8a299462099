"""From quotation marks to the stretches that stand in them."""

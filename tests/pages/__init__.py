"""Every page of the product, opened on the sample municipality by the people who see it."""

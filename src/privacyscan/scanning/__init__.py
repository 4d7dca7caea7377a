"""How we judge, one file a stage: segmentation → matching + classification → resolution → scoring."""

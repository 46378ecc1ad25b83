"""What is printed and drawn with our own typeface: papers to hand over, pictures of menus."""

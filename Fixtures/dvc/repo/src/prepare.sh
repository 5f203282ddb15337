tail -q -n +2 data/raw/2024/*.csv >data/train.csv

/// Packages that draw random numbers, and the names under which records seed them.
enum SeededFrameworks {
  static let names: [String: [String]] = [
    "catboost": ["catboost", "random_seed"],
    "flax": ["flax", "jax"],
    "jax": ["jax"],
    "keras": ["keras", "tensorflow", "tf"],
    "lightgbm": ["lightgbm", "lgbm", "lgb"],
    "mxnet": ["mxnet"],
    "numpy": ["numpy", "np"],
    "paddlepaddle": ["paddle", "paddlepaddle"],
    // scikit-learn draws from numpy's generator unless it is given a state of its own.
    "scikit-learn": ["sklearn", "scikit-learn", "scikit_learn", "numpy", "np"],
    "tensorflow": ["tensorflow", "tf"],
    "torch": ["torch", "pytorch"],
    "pytorch": ["torch", "pytorch"],
    "xgboost": ["xgboost", "xgb"],
  ]

  static var pairs: [(package: String, seed: String)] {
    names.sorted { $0.key < $1.key }.flatMap { entry in entry.value.map { (entry.key, $0) } }
  }
}

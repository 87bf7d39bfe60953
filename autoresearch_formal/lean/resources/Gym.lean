import Reconstruct.Gym.Main

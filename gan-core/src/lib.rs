//! Deterministic reference for training small generative adversarial networks.
#![no_std]

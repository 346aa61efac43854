//! x
use gan_core::*;
use gan_vulkan::*;
fn main() {
    let n: u64 = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(1);
    for p in Preset::ALL {
        let c = p.configuration();
        let mut a = Gan::<Vec<f32>, Reference>::new(vec![0.0; memory_words(&c)], &c, 7, &[]).unwrap();
        let mut b = a.clone();
        let mut pop = Population::new(Device::open(None).unwrap(), Options::default()).unwrap();
        println!("{:?} {:?}", p, pop.sizes(&c).shared_bytes());
        let t = std::time::Instant::now();
        let bs = std::slice::from_mut(&mut b);
        pop.load(bs).unwrap();
        println!("load {:?}", t.elapsed());
        let t = std::time::Instant::now();
        pop.train(n).unwrap();
        println!("train {:?} dev {:?}", t.elapsed(), pop.device_time());
        pop.read(bs).unwrap();
        a.run_epochs(n).unwrap();
        println!(
            "{} {} {}",
            a.state_hash(),
            bs[0].state_hash(),
            a.state_hash() == bs[0].state_hash()
        );
    }
}

//! The program as a person starts it. The workspace's `tests` test its behaviour. They find it
//! built because this test is: cargo builds a package's programs for its own tests only.

use std::process::Command;

#[test]
fn every_command_says_what_it_is_for() {
    let said = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_gan-lab"))
            .args(arguments)
            .output()
            .expect("gan-lab starts");
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).expect("help is text")
    };
    let help = said(&["--help"]);
    let commands = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next());
    let mut count = 0;
    for command in commands.filter(|command| *command != "help") {
        let about = said(&[command, "--help"]);
        assert!(about.contains(&format!("gan-lab {command}")), "{about}");
        count += 1;
    }
    assert_eq!(count, 12);
    assert!(said(&["--version"]).starts_with("gan-lab "));
}

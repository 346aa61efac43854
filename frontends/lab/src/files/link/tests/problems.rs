//! Tests of refused links and the wording of each refusal.

use crate::files::link::parse;
use crate::recording::LOG_CAPACITY;

#[test]
fn problems_are_one_sentence_that_says_what_where_and_what_to_do() {
    for (link, part) in [
        ("preset", "'preset' says nothing: write KEY=VALUE"),
        (
            "preset=circle",
            "'preset=circle': write one of line, gaussians, ring, disjoint",
        ),
        (
            "recipe=best",
            "'recipe=best': write one of classic, recommended, recommended-2",
        ),
        ("seed=-1", "'seed=-1': a seed is a whole number"),
        ("seed=+1", "'seed=+1': a seed is a whole number"),
        ("seed=", "'seed=': a seed is a whole number"),
        ("seed=18446744073709551616", "a seed is a whole number"),
        ("seed=1&%73eed=2", "'seed=2': it is said twice"),
        ("loss=log&loss%20=hinge", "'loss=hinge': it is said twice"),
        (
            "loss=huber",
            "'loss=huber': unknown variant `huber`, expected one of",
        ),
        ("los=log", "'los=log': unknown field `los`, expected one of"),
        ("generator.rate=1", "'generator.rate=1': unknown field `rate`"),
        ("generator=1", "'generator=1': invalid type"),
        (
            "generator=1&generator.neurons=3",
            "'generator.neurons' lies within something that is no table",
        ),
        ("generator..neurons=3", "there is no such key"),
        ("a.a.a=1", "'a.a.a=1': there is no such key"),
        (".=1", "unknown field"),
        ("=1", "unknown field"),
        (
            "generator.learning_rate=fast",
            "'generator.learning_rate=fast': invalid type",
        ),
        (
            "generator.learning_rate=99",
            "'generator.learning_rate=99': learning rate",
        ),
        (
            "generator.learning_rate=nan",
            "'generator.learning_rate=nan': learning rate",
        ),
        ("generator.neurons=1e3", "'generator.neurons=1e3': invalid type"),
        ("generator.slope=0.1", "a slope is a leaky ReLU's"),
        (
            "penalty.kind=r1&discriminator.normalization=batch",
            "in the link, a penalty on D's gradient needs",
        ),
        ("%ff=1", "'%ff' is not UTF-8 text: copy the link again"),
        ("epoch=soon", "'epoch=soon': an epoch is a whole number"),
        ("epoch=1000000000001", "'epoch=1000000000001': epoch"),
        (
            "at=5:loss:hinge&epoch=4",
            "'epoch=4': something is done up to epoch 5",
        ),
        ("at=5", "'at=5': write EPOCH:KEY:VALUE, as in"),
        ("at=5:loss", "write EPOCH:KEY:VALUE"),
        ("at=x:loss:log", "an epoch is a whole number"),
        ("at=5:batch:3", "'batch' does not change while a run goes on"),
        ("at=5:generator.neurons:3", "'generator.neurons' does not change"),
        ("at=5:loss.steps:3", "'loss.steps' does not change"),
        ("at=5:loss:huber", "'at=5:loss:huber': unknown variant"),
        ("at=5:generator.updates_per_epoch:99", "updates per epoch"),
        ("at=5:generator.steps:0", "'at=5:generator.steps:0': steps"),
        ("at=5:generator.steps:1e3", "steps are a whole number"),
        (
            "at=5:generator.steps:9&at=13:loss:log",
            "goes on to epoch 14: keep the order",
        ),
        ("target=drawing", "target=drawing, but no points: write them"),
        ("points=.1,.2", "points, but not target=drawing: write that"),
        ("target=drawing&points=", "point 1 is ''"),
        ("target=drawing&points=.1,.2;", "point 2 is ''"),
        (
            "target=drawing&points=.1,.2;.3",
            "point 2 is '.3': write x,y and ; between",
        ),
        ("target=drawing&points=.1,.2,.3", "point 1 is '.1,.2,.3'"),
        ("target=drawing&points=.1,1.5", "drawn point 1 lies outside"),
        ("target=drawing&points=.1,nan", "drawn point 1 lies outside"),
        ("target=drawing&points=~", "no points: write them"),
        ("target=drawing&points=~AAAAAAAAA", "the last point is cut off"),
        ("target=drawing&points=~AAAAAAAAA!", "point 1 is damaged"),
        (
            "target=drawing&points=~AAAAAAAAAAAAAAA_____",
            "drawn point 2 lies outside",
        ),
        (
            "target=drawing&points=.1,.2&points.source=a.csv",
            "write all, or points alone",
        ),
        (
            "points.source=a.csv&points.x=0,1&points.y=0,1",
            "write all, or points alone",
        ),
        (
            "target=drawing&points=.1,.2&points.source=a.csv&points.x=1&points.y=0,1",
            "'points.x=1': write two numbers",
        ),
        (
            "target=drawing&points=.1,.2&points.source=a.csv&points.x=1,0&points.y=0,1",
            "each the least and the most of a range",
        ),
        (
            "target=drawing&points=.1,.2&points.source=a.csv&points.x=0,inf&points.y=0,1",
            "each the least and the most of a range",
        ),
    ] {
        let message = parse(link).unwrap_err();
        assert!(message.contains(part), "{link} gave: {message}");
        assert!(
            message.contains("the link") && !message.contains('\n'),
            "{link} gave: {message}"
        );
    }
    let many: Vec<String> = (0..=LOG_CAPACITY)
        .map(|epoch| format!("at={epoch}:loss:log"))
        .collect();
    let message = parse(&many.join("&")).unwrap_err();
    assert!(
        message.contains("'at=1024:loss:log': a run holds 1024 actions"),
        "{message}"
    );
    let long = "x".repeat(100_000);
    for link in [
        long.clone(),
        format!("{long}=1"),
        format!("seed={long}"),
        format!("at=1:{long}:2"),
    ] {
        let message = parse(&link).unwrap_err();
        assert!(
            message.contains('…') && message.chars().count() <= 401,
            "{message}"
        );
    }
    let deep = format!("{}=1", "a.".repeat(100_000));
    assert!(parse(&deep).unwrap_err().contains("there is no such key"));
}

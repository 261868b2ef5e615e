//! What a single edit makes a board look at again.

use crate::plans::example::example;
use weft_analysis::Board;
use weft_model::*;

#[test]
fn a_title_touches_nothing_but_itself() {
    let mut draft = example();
    let mut board = Board::new(&draft.plan);
    let module = draft.plan.modules.iter().next().unwrap().id;
    let title = (field::module::title.lang(Lang::en()), Value::str("Turning"));
    let change = draft.set(module, title);
    let touched = board.apply(&draft.plan, &change);
    assert_eq!(touched, weft_analysis::Touched::default());
}

#[test]
fn a_toggled_cell_touches_one_row_and_one_column() {
    let mut draft = example();
    let mut board = Board::new(&draft.plan);
    let (key, _) = draft.plan.weave.iter().next().unwrap();
    let key = *key;
    let change = draft.act(Command::Unlink { key });
    let touched = board.apply(&draft.plan, &change);
    assert_eq!(touched.competencies.len(), 1);
    assert_eq!(touched.modules.len(), 1);
    assert!(!touched.sums && !touched.order && !touched.outline);
    assert_eq!(board.overall().links, 141);
}

#[test]
fn a_column_that_is_filled_and_emptied_in_one_act_equals_a_board_built_anew() {
    let mut plan = example().plan;
    let mut board = Board::new(&plan);
    let competency = board.outline().competencies().next().unwrap();
    let modules: Vec<_> = plan.modules.iter().map(|module| module.id).collect();
    let keys = |many| {
        let modules = modules.iter().take(many);
        modules.map(|module| LinkKey::of(*module, competency))
    };
    for many in [2, 4, 5, modules.len()] {
        let filled = keys(many).map(|key| Command::Link {
            key,
            level: Some(3),
        });
        let emptied = keys(many).map(|key| Command::Unlink { key });
        for commands in [filled.collect::<Vec<_>>(), emptied.collect()] {
            let act = Act::many(Verb::Weave, Subject::Plan, commands);
            let (change, _) = plan.apply(&act).unwrap();
            board.apply(&plan, &change);
            assert!(board == Board::new(&plan), "{many} cells");
        }
    }
}

/**
 * How far these results speak about the paper.
 *
 * @module
 */
import { paragraph, type Section } from "../page/blocks.ts";

/** What differs from the paper and from the reference implementation. */
export const fidelitySection: Section = {
  id: "fidelity",
  title: "Fidelity: how near this is to the paper",
  blocks: [
    {
      kind: "list",
      items: [
        "The authors published videos and no code; we have no value of their tables and quote none.",
        "The paper’s sentence on ADAPG allows more than one reading. Taken is the one that uses both points it names: " +
        "Nesterov momentum ω − 1 around the Adam step, with effective rate η/(2 − ω). Other readings can be selected.",
        "Because ω = 1.2 alone raises the effective rate to 1.25 times AdamW’s, a gain of ADAPG is no evidence for its form " +
        "without the rate-matched arms of the decomposition.",
        "The compact profile keeps the reference’s structure (denoising steps, chunks, losses) with smaller networks, fewer " +
        "environments and shorter rollouts; runs are shorter than the paper’s.",
        "Demonstrations are our own: PPO policies of medium quality for the robots, scripted demonstrators for the arms. " +
        "Absolute returns are not comparable with any paper’s.",
        "Both arms of a comparison share method, data, seeds, initial networks and every random stream. Neither is tuned.",
        "Quirks of the reference implementation are kept; a flag corrects most of them for a whole table.",
      ],
    },
    paragraph(
      "Point by point, with what pins or decides each: ",
      { link: "../fixtures/paper/NOTES.md", text: "reading notes" },
      ".",
    ),
  ],
};

package org.qsmnode.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Locale;
import org.qsmnode.inversion.NetworkModel;

/**
 * What a model that was adapted to patients is.
 *
 * @param model the adapted model
 * @param from the model it started from
 * @param recipe how it was adapted
 * @param engine what it was adapted with
 * @param learning number of patients that were learned from
 * @param heldOut number of patients that were held out
 * @param taken where the weights were taken
 * @param curve every look at the held-out patients
 */
record AmortisedCard(
    NetworkModel model,
    NetworkModel from,
    AmortisedRecipe recipe,
    String engine,
    int learning,
    int heldOut,
    Amortisation.Point taken,
    List<Amortisation.Point> curve) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final String LIMITS =
      """
      ## Limits

      - Nobody knows the susceptibility of these patients: the bound says that maps explain fields and look like tissue
        better, not that they are nearer to the truth.
      - Tables of the card of the model it started from do not hold for this one; measure again with `compare`.
      - Standard deviations were held near those of the start, with their calibration.
      """;

  String json() throws JsonProcessingException {
    return JSON.writeValueAsString(this) + "\n";
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# %s %s\n\n".formatted(model.name(), model.version()));
    text.append("SHA-256 of `weights.safetensors`: `%s`\n\n".formatted(model.sha256()));
    text.append(
        ("The last layers of `%s` %s (`%s`), adapted to %d patients without known susceptibility;"
                + " %d more were held out.")
            .formatted(from.name(), from.version(), from.sha256(), learning, heldOut));
    text.append(" Computed with %s.\n\n".formatted(engine));
    text.append(
        String.format(
            Locale.ROOT,
            "%d steps, learning rate %s, seed %d; weights of step %d, where the bound of the"
                + " held-out patients is largest.%n%n",
            recipe.steps(),
            recipe.learningRate(),
            recipe.seed(),
            taken.step()));
    text.append(
        "| step | bound per voxel, learned from | bound per voxel, held out |\n|---|---|---|\n");
    for (Amortisation.Point point : curve) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %s | %.5f |%n",
              point.step(),
              point.step() == 0 ? "–" : String.format(Locale.ROOT, "%.5f", point.training()),
              point.heldOut()));
    }
    return text.append('\n').append(LIMITS).toString();
  }
}

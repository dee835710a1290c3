package org.qsmnode.derive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.qsmnode.digest.Digests;
import org.qsmnode.series.pixels.SourceReference;
import org.qsmnode.series.pixels.SourceSlice;
import org.qsmnode.series.pixels.SourceStack;
import org.qsmnode.volume.Grid;

/**
 * Where the maps of a study came from.
 *
 * @param studyInstanceUid study of the sources
 * @param sources sorted SOP Instance UIDs of all sources, each with its frame number
 */
record Provenance(String studyInstanceUid, List<String> sources) {

  /**
   * The provenance of maps on {@code grid}.
   *
   * @throws IllegalArgumentException if the sources do not fit the grid or name no study
   */
  static Provenance of(SourceStack sources, Grid grid) {
    requireFit(sources, grid);
    Attributes first = sources.slices().get(0).header();
    String study = SourceHeader.text(first, Tag.StudyInstanceUID);
    if (study == null) {
      throw new IllegalArgumentException("the source has no StudyInstanceUID");
    }
    return new Provenance(
        study,
        sources.slices().stream()
            .flatMap(slice -> slice.references().stream())
            .map(Provenance::name)
            .distinct()
            .sorted()
            .toList());
  }

  private static void requireFit(SourceStack sources, Grid grid) {
    if (sources.slices().size() != grid.nz()) {
      throw new IllegalArgumentException(
          "%d source slices for %d slices of the map"
              .formatted(sources.slices().size(), grid.nz()));
    }
    for (SourceSlice slice : sources.slices()) {
      int rows = slice.header().getInt(Tag.Rows, -1);
      int columns = slice.header().getInt(Tag.Columns, -1);
      if (rows != grid.ny() || columns != grid.nx()) {
        throw new IllegalArgumentException(
            "a source slice is %dx%d, the map is %dx%d"
                .formatted(columns, rows, grid.nx(), grid.ny()));
      }
    }
  }

  private static String name(SourceReference reference) {
    return reference.frameNumber() == 0
        ? reference.sopInstanceUid()
        : reference.sopInstanceUid() + "#" + reference.frameNumber();
  }

  /**
   * What was done with which sources, ASCII. Names the whole set by a digest: listing it in every
   * slice would cost megabytes.
   */
  String contribution(DerivationIdentity identity) {
    MessageDigest sha256 = Digests.sha256();
    sha256.update(String.join("\\", sources).getBytes(StandardCharsets.US_ASCII));
    return "Quantitative susceptibility mapping with method %s from %d source images (sha256 of their sorted UIDs: %s); configuration sha256: %s%s"
        .formatted(
            identity.method(),
            sources.size(),
            HexFormat.of().formatHex(sha256.digest()),
            identity.configurationDigest(),
            identity.models().stream()
                .map(model -> "; model sha256: " + model.sha256())
                .collect(Collectors.joining()));
  }
}

package org.qsmnode.derive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.qsmnode.series.SourceReference;
import org.qsmnode.series.SourceSlice;
import org.qsmnode.series.SourceStack;
import org.qsmnode.volume.Grid;

/**
 * Writes susceptibility maps as classic MR series into the study they came from.
 *
 * <p>The same sources, maps, identity, settings and clock give the same bytes.
 */
public final class DerivedSeries {

  private final DerivationSettings settings;
  private final Clock clock;
  private final DerivedUids uids;

  public DerivedSeries(DerivationSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.uids = new DerivedUids(settings.uidRoot());
  }

  /**
   * Writes {@code qsm-mean/*.dcm} and, where there is a standard deviation, {@code qsm-sd/*.dcm}
   * below {@code directory}; series of an earlier run there are replaced.
   *
   * @throws IllegalArgumentException if the maps do not fit the sources or hold no usable values
   */
  public List<DerivedSeriesFiles> write(
      SourceStack sources,
      DerivedMaps maps,
      DerivationIdentity identity,
      DerivationFacts facts,
      Path directory)
      throws IOException {
    requireFit(sources, maps.meanPpm().grid());
    Instant now = clock.instant();
    DerivedImage images = new DerivedImage(settings, identity, facts, uids);
    List<DerivedSeriesFiles> written = new ArrayList<>();
    written.add(
        write(
            images,
            sources,
            maps,
            StoredMap.of(DerivedKind.MEAN, maps.meanPpm(), maps.mask()),
            identity,
            now,
            directory));
    if (maps.sdPpm().isPresent()) {
      written.add(
          write(
              images,
              sources,
              maps,
              StoredMap.of(DerivedKind.STANDARD_DEVIATION, maps.sdPpm().get(), maps.mask()),
              identity,
              now,
              directory));
    } else {
      SeriesFolder.delete(directory.resolve(DerivedKind.STANDARD_DEVIATION.folder()));
    }
    return written;
  }

  private DerivedSeriesFiles write(
      DerivedImage images,
      SourceStack sources,
      DerivedMaps maps,
      StoredMap map,
      DerivationIdentity identity,
      Instant now,
      Path directory)
      throws IOException {
    Attributes first = sources.slices().get(0).header();
    String study = requireUid(first, Tag.StudyInstanceUID);
    List<String> names = sourceNames(sources);
    String series = uids.series(study, names, identity, map.kind(), map.digest());
    Timestamp time = Timestamp.of(first, now, clock.getZone(), settings.contentDate());
    String contribution = contribution(identity, names);
    SeriesFolder folder = SeriesFolder.create(directory, map.kind().folder());
    List<String> instances = new ArrayList<>();
    for (int z = 0; z < sources.slices().size(); z++) {
      Attributes image =
          images.of(sources.slices().get(z), map, maps.mask(), z, series, time, contribution);
      folder.write("%04d.dcm".formatted(z + 1), image);
      instances.add(uids.instance(series, z));
    }
    return new DerivedSeriesFiles(
        map.kind(), study, series, instances, folder.publish(), map.saturated(), map.notFinite());
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

  private static String requireUid(Attributes header, int tag) {
    String uid = SourceHeader.text(header, tag);
    if (uid == null) {
      throw new IllegalArgumentException("the source has no StudyInstanceUID");
    }
    return uid;
  }

  private static List<String> sourceNames(SourceStack sources) {
    return sources.slices().stream()
        .flatMap(slice -> slice.references().stream())
        .map(DerivedSeries::sourceName)
        .distinct()
        .sorted()
        .toList();
  }

  private static String sourceName(SourceReference reference) {
    return reference.frameNumber() == 0
        ? reference.sopInstanceUid()
        : reference.sopInstanceUid() + "#" + reference.frameNumber();
  }

  /** Names the whole set of sources by a digest: listing it in every slice would cost megabytes. */
  private static String contribution(DerivationIdentity identity, List<String> names) {
    MessageDigest sha256 = DerivedUids.sha256();
    sha256.update(String.join("\\", names).getBytes(StandardCharsets.US_ASCII));
    return "Quantitative susceptibility mapping with method %s from %d source images (sha256 of their sorted UIDs: %s); configuration sha256: %s%s"
        .formatted(
            identity.method(),
            names.size(),
            HexFormat.of().formatHex(sha256.digest()),
            identity.configurationDigest(),
            identity.model().map(model -> "; model sha256: " + model.sha256()).orElse(""));
  }
}

package org.qsmnode.derive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.pixels.SourceStack;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Writes susceptibility maps as series of the study they came from: as classic MR images, and as
 * Parametric Maps.
 *
 * <p>The same sources, maps, identity, settings and clock give the same bytes.
 */
public final class DerivedSeries {

  /** Name of the stage that writing reports its progress under. */
  public static final String STAGE = "derive";

  private final DerivationSettings settings;
  private final Clock clock;
  private final Progress progress;
  private final DerivedUids uids;

  /** A writer that tells nobody how far it is. */
  public DerivedSeries(DerivationSettings settings, Clock clock) {
    this(settings, clock, Progress.NONE);
  }

  /**
   * A writer.
   *
   * @param progress told after each file which part of its series is written
   */
  public DerivedSeries(DerivationSettings settings, Clock clock, Progress progress) {
    this.settings = settings;
    this.clock = clock;
    this.progress = progress;
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
    Writer writer = new Writer(sources, maps.mask(), identity, facts, directory);
    List<DerivedSeriesFiles> written = new ArrayList<>();
    written.add(writer.classic(DerivedKind.MEAN, maps.meanPpm()));
    if (maps.sdPpm().isPresent()) {
      written.add(writer.classic(DerivedKind.STANDARD_DEVIATION, maps.sdPpm().get()));
    } else {
      SeriesFolder.delete(directory.resolve(DerivedKind.STANDARD_DEVIATION.folder()));
    }
    return written;
  }

  /**
   * Writes the same maps as floating point in ppb, one object each, into {@code qsm-mean-float} and
   * {@code qsm-sd-float}.
   */
  public List<DerivedSeriesFiles> writeFloat(
      SourceStack sources,
      DerivedMaps maps,
      DerivationIdentity identity,
      DerivationFacts facts,
      Path directory)
      throws IOException {
    Writer writer = new Writer(sources, maps.mask(), identity, facts, directory);
    List<DerivedSeriesFiles> written = new ArrayList<>();
    written.add(writer.parametricMap(DerivedKind.MEAN_FLOAT, maps.meanPpm()));
    if (maps.sdPpm().isPresent()) {
      written.add(writer.parametricMap(DerivedKind.STANDARD_DEVIATION_FLOAT, maps.sdPpm().get()));
    }
    return written;
  }

  /**
   * Writes the map of another method into {@code qsm-reference}, to compare the mean with.
   *
   * @param identity of that method
   */
  public DerivedSeriesFiles writeReference(
      SourceStack sources,
      Volume chiPpm,
      Mask mask,
      DerivationIdentity identity,
      DerivationFacts facts,
      Path directory)
      throws IOException {
    return new Writer(sources, mask, identity, facts, directory)
        .classic(DerivedKind.REFERENCE, chiPpm);
  }

  /** Writes series of one method and time. */
  private final class Writer {

    private final SourceStack sources;
    private final Mask mask;
    private final DerivationIdentity identity;
    private final DerivationFacts facts;
    private final Path directory;
    private final Provenance provenance;
    private final String contribution;
    private final Timestamp time;

    Writer(
        SourceStack sources,
        Mask mask,
        DerivationIdentity identity,
        DerivationFacts facts,
        Path directory) {
      this.sources = sources;
      this.mask = mask;
      this.identity = identity;
      this.facts = facts;
      this.directory = directory;
      this.provenance = Provenance.of(sources, mask.grid());
      this.contribution = provenance.contribution(identity);
      this.time =
          Timestamp.of(
              sources.slices().get(0).header(),
              clock.instant(),
              clock.getZone(),
              settings.contentDate());
    }

    DerivedSeriesFiles classic(DerivedKind kind, Volume ppm) throws IOException {
      StoredMap map = StoredMap.of(kind, ppm, mask);
      String series = uid(kind, map.digest());
      DerivedImage images = new DerivedImage(settings, identity, facts, uids);
      SeriesFolder folder = SeriesFolder.create(directory, kind.folder());
      List<String> instances = new ArrayList<>();
      for (int z = 0; z < sources.slices().size(); z++) {
        Attributes image =
            images.of(sources.slices().get(z), map, mask, z, series, time, contribution);
        folder.write("%04d.dcm".formatted(z + 1), image);
        progress.at(STAGE, (z + 1.0) / sources.slices().size());
        instances.add(uids.instance(series, z));
      }
      return files(kind, series, instances, folder, map.saturated(), map.notFinite());
    }

    DerivedSeriesFiles parametricMap(DerivedKind kind, Volume ppm) throws IOException {
      FloatMap map = FloatMap.of(kind.statistic(), ppm, mask);
      String series = uid(kind, map.digest());
      Attributes object =
          new ParametricMap(settings, identity, facts, uids)
              .of(sources, kind, map, series, time, contribution);
      SeriesFolder folder = SeriesFolder.create(directory, kind.folder());
      folder.write("0001.dcm", object);
      return files(kind, series, List.of(uids.instance(series, 0)), folder, 0, map.notFinite());
    }

    private String uid(DerivedKind kind, byte[] pixelDigest) {
      return uids.series(
          provenance.studyInstanceUid(), provenance.sources(), identity, kind, pixelDigest);
    }

    private DerivedSeriesFiles files(
        DerivedKind kind,
        String series,
        List<String> instances,
        SeriesFolder folder,
        int saturated,
        int notFinite)
        throws IOException {
      return new DerivedSeriesFiles(
          kind,
          provenance.studyInstanceUid(),
          series,
          instances,
          folder.publish(),
          saturated,
          notFinite);
    }
  }
}

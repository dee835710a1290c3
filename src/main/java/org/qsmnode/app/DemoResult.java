package org.qsmnode.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.derive.DerivedSeriesReader;
import org.qsmnode.evaluate.Accuracy;
import org.qsmnode.picture.SlicePicture;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Volume;

/** The derived series that came back in the demonstration, read from the received objects. */
record DemoResult(List<Returned> series) {

  private static final double PPB_PER_PPM = 1000;
  private static final int PICTURE_WIDTH = 700;

  /** One derived series as received, in ppb. */
  record Returned(String kind, String description, String uid, Volume ppb) {}

  private record Slice(Attributes object, Path file) {}

  /** Reads all objects and moves them to {@code derived/<kind>/<slice>.dcm}. */
  static DemoResult of(Path received, Path derived) throws IOException {
    Map<String, List<Slice>> bySeries = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> list = Files.list(received)) {
      files = list.sorted().toList();
    }
    for (Path file : files) {
      try (DicomInputStream in = new DicomInputStream(file.toFile())) {
        Attributes object = in.readDataset();
        bySeries
            .computeIfAbsent(object.getString(Tag.SeriesInstanceUID), uid -> new ArrayList<>())
            .add(new Slice(object, file));
      }
    }
    List<Returned> series = new ArrayList<>();
    for (Map.Entry<String, List<Slice>> entry : bySeries.entrySet()) {
      List<Slice> slices = entry.getValue();
      slices.sort(Comparator.comparingInt(s -> s.object().getInt(Tag.InstanceNumber, 0)));
      Attributes first = slices.get(0).object();
      String kind = "MEAN".equals(first.getString(Tag.ImageType, 4)) ? "qsm-mean" : "qsm-sd";
      Path folder = Files.createDirectories(derived.resolve(kind));
      List<Path> moved = new ArrayList<>();
      for (Slice slice : slices) {
        moved.add(
            Files.move(
                slice.file(),
                folder.resolve(
                    "%04d.dcm".formatted(slice.object().getInt(Tag.InstanceNumber, 0)))));
      }
      series.add(
          new Returned(
              kind,
              first.getString(Tag.SeriesDescription, ""),
              entry.getKey(),
              DerivedSeriesReader.ppb(moved)));
    }
    Files.delete(received);
    series.sort(Comparator.comparing(Returned::kind));
    return new DemoResult(List.copyOf(series));
  }

  /** A montage of the local field that the node kept and of the received series. */
  void picture(Path work, Path file) throws IOException {
    Path field;
    try (Stream<Path> kept = Files.walk(work)) {
      field =
          kept.filter(path -> path.endsWith("field_local_ppm.nii.gz"))
              .findFirst()
              .orElseThrow(() -> new IOException("the node kept no local field"));
    }
    Mask mask = inside();
    List<SlicePicture.Panel> panels = new ArrayList<>();
    panels.add(
        new SlicePicture.Panel(
            "local field -0.05..0.05 ppm", Nifti.read(field).volumes().get(0), mask, -0.05, 0.05));
    for (Returned one : series) {
      boolean mean = one.kind().equals("qsm-mean");
      panels.add(
          new SlicePicture.Panel(
              one.kind() + (mean ? " -150..150 ppb" : " 0..100 ppb"),
              one.ppb(),
              mask,
              mean ? -150 : 0,
              mean ? 150 : 100));
    }
    ImageIO.write(SlicePicture.montage(panels, PICTURE_WIDTH), "png", file.toFile());
  }

  /** Voxels with a standard deviation. */
  private Mask inside() {
    Volume sd =
        series.stream()
            .filter(one -> one.kind().equals("qsm-sd"))
            .findFirst()
            .orElse(series.get(0))
            .ppb();
    boolean[] inside = new boolean[sd.data().length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = sd.data()[i] >= 0;
    }
    return new Mask(sd.grid(), inside);
  }

  /** Prints one line per series, and how the mean compares with the truth where that is known. */
  void print(PrintStream console, Path truth) throws IOException {
    Mask mask = inside();
    console.printf("%-9s %8s %12s %10s  %s%n", "series", "objects", "mean +- sd", "unit", "name");
    for (Returned one : series) {
      console.printf(
          "%-9s %8d %12s %10s  %s%n",
          one.kind(),
          one.ppb().grid().nz(),
          meanAndSpread(one.ppb(), mask),
          "ppb",
          one.description());
    }
    if (Files.exists(truth.resolve("chi_ppm.nii.gz"))) {
      Volume chi = Nifti.read(truth.resolve("chi_ppm.nii.gz")).volumes().get(0);
      Mask brain = Mask.nonZero(Nifti.read(truth.resolve("mask.nii.gz")).volumes().get(0));
      Accuracy accuracy = Accuracy.of(meanPpm(), chi, mask.and(brain));
      console.printf(
          "against the known susceptibility: correlation %.3f, NRMSE %.1f %%%n",
          accuracy.correlation(), accuracy.nrmsePercent());
    }
  }

  private Volume meanPpm() {
    Volume ppb = series.get(0).ppb();
    float[] ppm = new float[ppb.data().length];
    for (int i = 0; i < ppm.length; i++) {
      ppm[i] = (float) (ppb.data()[i] / PPB_PER_PPM);
    }
    return new Volume(ppb.grid(), ppm);
  }

  private static String meanAndSpread(Volume volume, Mask mask) {
    double sum = 0;
    double squares = 0;
    int count = mask.count();
    for (int i = 0; i < volume.data().length; i++) {
      if (mask.data()[i]) {
        sum += volume.data()[i];
        squares += (double) volume.data()[i] * volume.data()[i];
      }
    }
    double mean = sum / count;
    double spread = Math.sqrt(Math.max(0, squares / count - mean * mean));
    return "%d +- %d".formatted(Math.round(mean), Math.round(spread));
  }
}

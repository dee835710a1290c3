package org.qsmnode.simulate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.Grid;

/**
 * A reader of the simulator's files that follows the vendors' rules without the product's own
 * recognition: complex signal per echo, phase growing with the field.
 */
final class DecodedStudy {

  final double[][] magnitude;
  final double[][] phase;
  final double[][] real;
  final double[][] imaginary;

  private final Vendor vendor;
  private final Grid grid;
  private final double[] echoTimesMs;

  DecodedStudy(Vendor vendor, Grid grid, ScanProtocol protocol, Path directory) throws IOException {
    this.vendor = vendor;
    this.grid = grid;
    echoTimesMs = protocol.echoTimesSeconds();
    magnitude = unknown();
    phase = unknown();
    real = unknown();
    imaginary = unknown();
    for (int e = 0; e < echoTimesMs.length; e++) {
      echoTimesMs[e] *= 1000;
    }
    for (Path file : files(directory)) {
      Attributes a = read(file);
      if (a.contains(Tag.PerFrameFunctionalGroupsSequence)) {
        enhanced(a);
      } else {
        classic(a);
      }
    }
  }

  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.sorted().toList();
    }
  }

  static Attributes read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDataset();
    }
  }

  private void classic(Attributes a) throws IOException {
    int[] stored = stored(a, 0);
    int slice = slice(a.getDoubles(Tag.ImagePositionPatient));
    int echo = echo(a.getDouble(Tag.EchoTime, 0));
    double slope = a.getDouble(Tag.RescaleSlope, 1);
    double intercept = a.getDouble(Tag.RescaleIntercept, 0);
    String type = String.join("\\", a.getStrings(Tag.ImageType));
    switch (vendor) {
      case SIEMENS -> {
        boolean isPhase = type.equals("ORIGINAL\\PRIMARY\\P\\ND");
        put(
            isPhase ? phase : magnitude,
            echo,
            slice,
            stored,
            slope,
            intercept,
            isPhase ? Math.PI / 4096 : 1);
      }
      case GE -> {
        int kind = a.getInt("GEMS_PARM_01", 0x0043002F, -1);
        List<double[][]> kinds = List.of(magnitude, phase, real, imaginary);
        double chopper = slice % 2 == 1 && kind >= 2 ? -1 : 1;
        double scale = kind == 1 ? -0.001 : kind == 3 ? -chopper : chopper;
        double offset = kind == 1 && slice % 2 == 1 ? 1000 * Math.PI : 0;
        put(kinds.get(kind), echo, slice, stored, 1, offset, scale);
      }
      case PHILIPS -> {
        boolean isPhase = type.equals("ORIGINAL\\PRIMARY\\PHASE MAP\\P\\FFE");
        double ss = a.getFloat("Philips MR Imaging DD 001", 0x2005000E, 0);
        put(
            isPhase ? phase : magnitude,
            echo,
            slice,
            stored,
            slope,
            intercept,
            isPhase ? 0.001 : 1 / (slope * ss));
      }
      case UIH -> {
        boolean isPhase = type.equals("ORIGINAL\\PRIMARY\\PHASE MAP");
        if (isPhase) {
          put(
              phase,
              echo,
              slice,
              stored,
              2 * Math.PI / 4095,
              2048 * 2 * Math.PI / 4095 - Math.PI,
              -1);
        } else {
          put(magnitude, echo, slice, stored, 1, 0, 1);
        }
      }
      default -> throw new IllegalStateException("not classic");
    }
  }

  private void enhanced(Attributes a) throws IOException {
    Sequence frames = a.getSequence(Tag.PerFrameFunctionalGroupsSequence);
    for (int f = 0; f < frames.size(); f++) {
      Attributes g = frames.get(f);
      int[] stored = stored(a, f);
      Attributes position = g.getNestedDataset(Tag.PlanePositionSequence);
      int slice = slice(position.getDoubles(Tag.ImagePositionPatient));
      int echo = echo(g.getNestedDataset(Tag.MREchoSequence).getDouble(Tag.EffectiveEchoTime, 0));
      Attributes rescale = g.getNestedDataset(Tag.PixelValueTransformationSequence);
      double slope = rescale.getDouble(Tag.RescaleSlope, 0);
      double intercept = rescale.getDouble(Tag.RescaleIntercept, 0);
      String component =
          g.getNestedDataset(Tag.MRImageFrameTypeSequence).getString(Tag.ComplexImageComponent);
      boolean isPhase = component.equals("PHASE");
      double scale = 1;
      if (vendor == Vendor.SIEMENS_XA && isPhase) {
        scale = Math.PI / Math.abs(intercept);
      } else if (isPhase) {
        scale = 0.001;
      } else if (vendor == Vendor.PHILIPS_ENHANCED) {
        Attributes item = g.getNestedDataset(0x2005140F);
        scale = 1 / (slope * item.getFloat("Philips MR Imaging DD 001", 0x2005000E, 0));
      }
      put(isPhase ? phase : magnitude, echo, slice, stored, slope, intercept, scale);
    }
  }

  private int[] stored(Attributes a, int frame) throws IOException {
    int size = a.getInt(Tag.Rows, 0) * a.getInt(Tag.Columns, 0);
    if (a.getInt(Tag.Rows, 0) != grid.ny() || a.getInt(Tag.Columns, 0) != grid.nx()) {
      throw new IllegalStateException("wrong matrix");
    }
    boolean signed = a.getInt(Tag.PixelRepresentation, 0) == 1;
    ByteBuffer bytes = ByteBuffer.wrap(a.getBytes(Tag.PixelData));
    bytes.order(a.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int[] out = new int[size];
    for (int i = 0; i < size; i++) {
      short value = bytes.getShort(2 * (frame * size + i));
      out[i] = signed ? value : value & 0xffff;
    }
    return out;
  }

  private int slice(double[] position) {
    for (int z = 0; z < grid.nz(); z++) {
      var p = grid.positionMm(0, 0, z);
      if (Math.hypot(Math.hypot(p.x() - position[0], p.y() - position[1]), p.z() - position[2])
          < 1e-6) {
        return z;
      }
    }
    throw new IllegalStateException("no slice at this position");
  }

  private int echo(double timeMs) {
    for (int e = 0; e < echoTimesMs.length; e++) {
      if (Math.abs(echoTimesMs[e] - timeMs) < 1e-6) {
        return e;
      }
    }
    throw new IllegalStateException("unknown echo time");
  }

  private void put(
      double[][] to,
      int echo,
      int slice,
      int[] stored,
      double slope,
      double intercept,
      double scale) {
    double[] values = to[echo];
    for (int i = 0; i < stored.length; i++) {
      values[slice * stored.length + i] = (stored[i] * slope + intercept) * scale;
    }
  }

  private double[][] unknown() {
    double[][] values = new double[echoTimesMs.length][grid.size()];
    for (double[] echo : values) {
      Arrays.fill(echo, Double.NaN);
    }
    return values;
  }

  /** Number of echoes and components of which every voxel was read. */
  long volumes() {
    return List.of(magnitude, phase, real, imaginary).stream()
        .flatMap(Arrays::stream)
        .filter(values -> Arrays.stream(values).noneMatch(Double::isNaN))
        .count();
  }
}

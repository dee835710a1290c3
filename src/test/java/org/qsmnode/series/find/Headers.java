package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.InstanceReader;
import org.qsmnode.series.header.RefusedException;

/** Hand-built headers: a plain Siemens-like gradient-echo study that a test then bends. */
public final class Headers {

  public static final String STUDY = "1.2.3.1";
  static final String PATIENT = "SENTINEL^PATIENT";

  private Headers() {}

  /** One classic image. */
  public static Attributes classic(String uid, int series, int instance, double teMs, int slice) {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
    a.setString(Tag.SOPInstanceUID, VR.UI, uid);
    a.setString(Tag.StudyInstanceUID, VR.UI, STUDY);
    a.setString(Tag.SeriesInstanceUID, VR.UI, STUDY + "." + series);
    a.setString(Tag.FrameOfReferenceUID, VR.UI, "1.2.3.9");
    a.setString(Tag.PatientName, VR.PN, PATIENT);
    a.setString(Tag.PatientID, VR.LO, PATIENT);
    a.setString(Tag.Manufacturer, VR.LO, "SIEMENS");
    a.setString(Tag.ManufacturerModelName, VR.LO, "Prisma");
    a.setString(Tag.SoftwareVersions, VR.LO, "syngo MR E11");
    a.setString(Tag.ProtocolName, VR.LO, "gre");
    a.setString(Tag.AcquisitionDate, VR.DA, "20240102");
    a.setString(Tag.AcquisitionTime, VR.TM, "101010.500");
    a.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "M", "ND");
    a.setString(Tag.ScanningSequence, VR.CS, "GR");
    a.setString(Tag.SequenceName, VR.SH, "*fl3d5r");
    a.setString(Tag.MRAcquisitionType, VR.CS, "3D");
    a.setString(Tag.PatientPosition, VR.CS, "HFS");
    a.setString(Tag.ImagedNucleus, VR.SH, "1H");
    a.setDouble(Tag.RepetitionTime, VR.DS, 30);
    a.setDouble(Tag.FlipAngle, VR.DS, 15);
    a.setDouble(Tag.EchoTime, VR.DS, teMs);
    a.setDouble(Tag.ImagingFrequency, VR.DS, 123.25);
    a.setDouble(Tag.MagneticFieldStrength, VR.DS, 3);
    a.setDouble(Tag.SliceThickness, VR.DS, 2);
    a.setDouble(Tag.PixelSpacing, VR.DS, 1, 1);
    a.setDouble(Tag.ImageOrientationPatient, VR.DS, 1, 0, 0, 0, 1, 0);
    a.setDouble(Tag.ImagePositionPatient, VR.DS, -10, -20, 2.0 * slice);
    a.setInt(Tag.SeriesNumber, VR.IS, series);
    a.setInt(Tag.InstanceNumber, VR.IS, instance);
    a.setInt(Tag.AcquisitionNumber, VR.IS, 1);
    a.setInt(Tag.SamplesPerPixel, VR.US, 1);
    a.setInt(Tag.Rows, VR.US, 4);
    a.setInt(Tag.Columns, VR.US, 5);
    a.setInt(Tag.BitsAllocated, VR.US, 16);
    a.setInt(Tag.BitsStored, VR.US, 12);
    a.setInt(Tag.HighBit, VR.US, 11);
    a.setInt(Tag.PixelRepresentation, VR.US, 0);
    return a;
  }

  public static void imageType(Attributes a, String... values) {
    a.setString(Tag.ImageType, VR.CS, values);
  }

  static void siemensPhase(Attributes a) {
    imageType(a, "ORIGINAL", "PRIMARY", "P", "ND");
    a.setDouble(Tag.RescaleSlope, VR.DS, 2);
    a.setDouble(Tag.RescaleIntercept, VR.DS, -4096);
  }

  /** What a test changes about one image of a stack. */
  public interface Bend {
    void at(Attributes a, Component component, int echo, int slice);
  }

  static final double[] ECHO_TIMES_MS = {5, 10, 15};
  public static final int SLICES = 16;

  /** Magnitude in series 6, phase in series 7, three echoes, 16 slices. */
  public static List<Attributes> stack(Bend bend) {
    return stack(List.of(Component.MAGNITUDE, Component.PHASE), bend);
  }

  public static List<Attributes> stack(List<Component> components, Bend bend) {
    List<Attributes> images = new ArrayList<>();
    for (Component component : components) {
      int series = 6 + component.ordinal();
      int instance = 0;
      for (int echo = 0; echo < ECHO_TIMES_MS.length; echo++) {
        for (int slice = 0; slice < SLICES; slice++) {
          instance++;
          String uid = STUDY + "." + series + "." + instance;
          Attributes a = classic(uid, series, instance, ECHO_TIMES_MS[echo], slice);
          if (component == Component.PHASE) {
            siemensPhase(a);
          } else if (component == Component.REAL) {
            imageType(a, "ORIGINAL", "PRIMARY", "R", "ND");
          } else if (component == Component.IMAGINARY) {
            imageType(a, "ORIGINAL", "PRIMARY", "I", "ND");
          }
          bend.at(a, component, echo, slice);
          images.add(a);
        }
      }
    }
    return images;
  }

  public static List<Attributes> stack() {
    return stack((a, component, echo, slice) -> {});
  }

  /** A frame of an enhanced object. */
  record Frame(String component, double teMs, int slice, double slope, double intercept) {}

  /** An Enhanced MR object with per-frame groups and a shared group. */
  public static Attributes enhanced(String uid, int series, List<Frame> frames) {
    Attributes a = classic(uid, series, 1, 0, 0);
    a.setString(Tag.SOPClassUID, VR.UI, UID.EnhancedMRImageStorage);
    imageType(a, "ORIGINAL", "PRIMARY", "T1", "MIXED");
    for (int tag :
        new int[] {
          Tag.EchoTime,
          Tag.ScanningSequence,
          Tag.SequenceName,
          Tag.RepetitionTime,
          Tag.FlipAngle,
          Tag.ImagingFrequency,
          Tag.ImagedNucleus,
          Tag.SliceThickness,
          Tag.PixelSpacing,
          Tag.ImageOrientationPatient,
          Tag.ImagePositionPatient
        }) {
      a.remove(tag);
    }
    a.setString(Tag.ComplexImageComponent, VR.CS, "MIXED");
    a.setString(Tag.EchoPulseSequence, VR.CS, "GRADIENT");
    a.setString(Tag.ResonantNucleus, VR.CS, "1H");
    a.setInt(Tag.NumberOfFrames, VR.IS, frames.size());
    Attributes shared = new Attributes();
    a.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
    group(
        shared,
        Tag.PlaneOrientationSequence,
        g -> g.setDouble(Tag.ImageOrientationPatient, VR.DS, 1, 0, 0, 0, 1, 0));
    group(
        shared,
        Tag.PixelMeasuresSequence,
        g -> {
          g.setDouble(Tag.PixelSpacing, VR.DS, 1, 1);
          g.setDouble(Tag.SliceThickness, VR.DS, 2);
        });
    group(
        shared,
        Tag.MRTimingAndRelatedParametersSequence,
        g -> {
          g.setDouble(Tag.RepetitionTime, VR.DS, 30);
          g.setDouble(Tag.FlipAngle, VR.DS, 15);
        });
    group(
        shared,
        Tag.MRImagingModifierSequence,
        g -> g.setDouble(Tag.TransmitterFrequency, VR.FD, 123.25));
    Sequence perFrame = a.newSequence(Tag.PerFrameFunctionalGroupsSequence, frames.size());
    for (Frame frame : frames) {
      Attributes item = new Attributes();
      perFrame.add(item);
      group(item, Tag.MREchoSequence, g -> g.setDouble(Tag.EffectiveEchoTime, VR.FD, frame.teMs));
      group(
          item,
          Tag.MRImageFrameTypeSequence,
          g -> {
            g.setString(Tag.FrameType, VR.CS, "ORIGINAL", "PRIMARY", "T1", "NONE");
            g.setString(Tag.ComplexImageComponent, VR.CS, frame.component);
          });
      group(
          item,
          Tag.PlanePositionSequence,
          g -> g.setDouble(Tag.ImagePositionPatient, VR.DS, -10, -20, 2.0 * frame.slice));
      group(
          item,
          Tag.PixelValueTransformationSequence,
          g -> {
            g.setDouble(Tag.RescaleSlope, VR.DS, frame.slope);
            g.setDouble(Tag.RescaleIntercept, VR.DS, frame.intercept);
            g.setString(Tag.RescaleType, VR.LO, "US");
          });
    }
    return a;
  }

  /** All echoes, slices and both components as frames, Siemens phase scaling. */
  public static List<Frame> allFrames() {
    List<Frame> frames = new ArrayList<>();
    for (String component : List.of("MAGNITUDE", "PHASE")) {
      for (double te : ECHO_TIMES_MS) {
        for (int slice = 0; slice < SLICES; slice++) {
          boolean phase = component.equals("PHASE");
          frames.add(new Frame(component, te, slice, phase ? 2 : 1, phase ? -4096 : 0));
        }
      }
    }
    return frames;
  }

  public static void group(Attributes owner, int sequence, Consumer<Attributes> fill) {
    Attributes item = new Attributes();
    fill.accept(item);
    owner.newSequence(sequence, 1).add(item);
  }

  static Attributes frameGroup(Attributes enhanced, int frame, int sequence) {
    return enhanced
        .getSequence(Tag.PerFrameFunctionalGroupsSequence)
        .get(frame)
        .getNestedDataset(sequence);
  }

  public static IndexedInstance index(Attributes a) {
    try {
      return InstanceReader.index(a, UID.ExplicitVRLittleEndian);
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
  }

  public static List<IndexedInstance> index(List<Attributes> images) {
    return images.stream().map(Headers::index).toList();
  }

  static List<Acquisition> recognise(List<Attributes> images) {
    return new Recognition(RecognitionSettings.defaults()).recognise(index(images));
  }

  /** The only acquisition that is not ignored. */
  static Acquisition verdict(List<Attributes> images) {
    List<Acquisition> answers =
        recognise(images).stream().filter(a -> a.outcome() != Outcome.IGNORED).toList();
    if (answers.size() != 1) {
      throw new AssertionError("expected one answer: " + answers);
    }
    return answers.get(0);
  }

  /** The first acquisition that is not ignored. */
  static Acquisition verdictOfFirst(List<Attributes> images) {
    return recognise(images).stream()
        .filter(a -> a.outcome() != Outcome.IGNORED)
        .findFirst()
        .orElseThrow();
  }
}

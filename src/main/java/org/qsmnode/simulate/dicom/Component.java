package org.qsmnode.simulate.dicom;

/** What an image shows of the complex signal. */
enum Component {
  MAGNITUDE,
  PHASE,
  REAL,
  IMAGINARY
}

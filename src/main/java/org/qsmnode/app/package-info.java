/**
 * The program: {@code main}, the commands of the command line, typed settings and the wiring of all
 * parts by constructor.
 *
 * <p>Nothing else reads environment, command line or configuration files. From outside picocli, the
 * progress bar and the embedded broker enter here. May use {@code camel}, {@code derive}, {@code
 * evaluate}, {@code field}, {@code inversion}, {@code inversion.adapt}, {@code inversion.pdi},
 * {@code network}, {@code numeric}, {@code picture}, {@code pipeline}, {@code route}, {@code
 * series.header}, {@code simulate}, {@code simulate.cases}, {@code simulate.dicom}, {@code
 * simulate.head}, {@code simulate.signal}, {@code store}, {@code train}, {@code volume}.
 */
@NullMarked
package org.qsmnode.app;

import org.jspecify.annotations.NullMarked;

/* Prints what of a host there is, and what it lacks. */
#include "check.h"

int main(void)
{
  struct gfs_host_report *report;

  OK(gfs_host_probe(&report));
  printf("hypervisor: %s\n", report->hypervisor != NULL ? report->hypervisor : "none");
  for (size_t i = 0; report->problems[i] != NULL; i++)
    printf("problem: %s\n", report->problems[i]);
  gfs_host_report_free(report);
  return 0;
}

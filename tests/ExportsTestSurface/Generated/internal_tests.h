/* Upstream's functions for testing language bindings. Generated from src/Interop/Model; do not edit. */
#include "guestfs_facade.h"

struct gfs_internal_test_options {
    /** Size of this structure: GFS_INTERNAL_TEST_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Option obool. */
    int obool;
    /** Option oint. */
    int oint;
    /** Option oint64. */
    int64_t oint64;
    /** Option ostring. */
    const char *ostring;
    /** Option ostringlist. */
    const char *const *ostringlist;
};
/** Initialises a struct gfs_internal_test_options, in which nothing is set. */
#define GFS_INTERNAL_TEST_OPTIONS_INIT \
    { sizeof(struct gfs_internal_test_options), GFS_UNSET, GFS_UNSET, GFS_UNSET64, NULL, NULL }

struct gfs_internal_test_63_optargs_options {
    /** Size of this structure: GFS_INTERNAL_TEST_63_OPTARGS_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Option opt1. */
    int opt1;
    /** Option opt2. */
    int opt2;
    /** Option opt3. */
    int opt3;
    /** Option opt4. */
    int opt4;
    /** Option opt5. */
    int opt5;
    /** Option opt6. */
    int opt6;
    /** Option opt7. */
    int opt7;
    /** Option opt8. */
    int opt8;
    /** Option opt9. */
    int opt9;
    /** Option opt10. */
    int opt10;
    /** Option opt11. */
    int opt11;
    /** Option opt12. */
    int opt12;
    /** Option opt13. */
    int opt13;
    /** Option opt14. */
    int opt14;
    /** Option opt15. */
    int opt15;
    /** Option opt16. */
    int opt16;
    /** Option opt17. */
    int opt17;
    /** Option opt18. */
    int opt18;
    /** Option opt19. */
    int opt19;
    /** Option opt20. */
    int opt20;
    /** Option opt21. */
    int opt21;
    /** Option opt22. */
    int opt22;
    /** Option opt23. */
    int opt23;
    /** Option opt24. */
    int opt24;
    /** Option opt25. */
    int opt25;
    /** Option opt26. */
    int opt26;
    /** Option opt27. */
    int opt27;
    /** Option opt28. */
    int opt28;
    /** Option opt29. */
    int opt29;
    /** Option opt30. */
    int opt30;
    /** Option opt31. */
    int opt31;
    /** Option opt32. */
    int opt32;
    /** Option opt33. */
    int opt33;
    /** Option opt34. */
    int opt34;
    /** Option opt35. */
    int opt35;
    /** Option opt36. */
    int opt36;
    /** Option opt37. */
    int opt37;
    /** Option opt38. */
    int opt38;
    /** Option opt39. */
    int opt39;
    /** Option opt40. */
    int opt40;
    /** Option opt41. */
    int opt41;
    /** Option opt42. */
    int opt42;
    /** Option opt43. */
    int opt43;
    /** Option opt44. */
    int opt44;
    /** Option opt45. */
    int opt45;
    /** Option opt46. */
    int opt46;
    /** Option opt47. */
    int opt47;
    /** Option opt48. */
    int opt48;
    /** Option opt49. */
    int opt49;
    /** Option opt50. */
    int opt50;
    /** Option opt51. */
    int opt51;
    /** Option opt52. */
    int opt52;
    /** Option opt53. */
    int opt53;
    /** Option opt54. */
    int opt54;
    /** Option opt55. */
    int opt55;
    /** Option opt56. */
    int opt56;
    /** Option opt57. */
    int opt57;
    /** Option opt58. */
    int opt58;
    /** Option opt59. */
    int opt59;
    /** Option opt60. */
    int opt60;
    /** Option opt61. */
    int opt61;
    /** Option opt62. */
    int opt62;
    /** Option opt63. */
    int opt63;
};
/** Initialises a struct gfs_internal_test_63_optargs_options, in which nothing is set. */
#define GFS_INTERNAL_TEST_63_OPTARGS_OPTIONS_INIT \
    { sizeof(struct gfs_internal_test_63_optargs_options), GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET }

struct gfs_internal_test_only_optargs_options {
    /** Size of this structure: GFS_INTERNAL_TEST_ONLY_OPTARGS_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Option test. */
    int test;
};
/** Initialises a struct gfs_internal_test_only_optargs_options, in which nothing is set. */
#define GFS_INTERNAL_TEST_ONLY_OPTARGS_OPTIONS_INIT \
    { sizeof(struct gfs_internal_test_only_optargs_options), GFS_UNSET }

GFS_API gfs_status gfs_internal_test(gfs_handle *g, const char *str, const char *optstr,
    const char *const *strlist, int b, int integer, int64_t integer64, const char *filein,
    const char *fileout, const char *bufferin, size_t bufferin_size,
    const struct gfs_internal_test_options *options);
GFS_API gfs_status gfs_internal_test_63_optargs(gfs_handle *g,
    const struct gfs_internal_test_63_optargs_options *options);
GFS_API gfs_status gfs_internal_test_close_output(gfs_handle *g);
GFS_API gfs_status gfs_internal_test_only_optargs(gfs_handle *g,
    const struct gfs_internal_test_only_optargs_options *options);
GFS_API gfs_status gfs_internal_test_rbool(gfs_handle *g, const char *val, int *result);
GFS_API gfs_status gfs_internal_test_rboolerr(gfs_handle *g, int *result);
GFS_API gfs_status gfs_internal_test_rbufferout(gfs_handle *g, const char *val, char **result,
    size_t *result_size);
GFS_API gfs_status gfs_internal_test_rbufferouterr(gfs_handle *g, char **result, size_t *result_size);
GFS_API gfs_status gfs_internal_test_rconstoptstring(gfs_handle *g, const char *val,
    const char **result);
GFS_API gfs_status gfs_internal_test_rconstoptstringerr(gfs_handle *g, const char **result);
GFS_API gfs_status gfs_internal_test_rconststring(gfs_handle *g, const char *val,
    const char **result);
GFS_API gfs_status gfs_internal_test_rconststringerr(gfs_handle *g, const char **result);
GFS_API gfs_status gfs_internal_test_rhashtable(gfs_handle *g, const char *val, char ***result);
GFS_API gfs_status gfs_internal_test_rhashtableerr(gfs_handle *g, char ***result);
GFS_API gfs_status gfs_internal_test_rint(gfs_handle *g, const char *val, int *result);
GFS_API gfs_status gfs_internal_test_rint64(gfs_handle *g, const char *val, int64_t *result);
GFS_API gfs_status gfs_internal_test_rint64err(gfs_handle *g, int64_t *result);
GFS_API gfs_status gfs_internal_test_rinterr(gfs_handle *g, int *result);
GFS_API gfs_status gfs_internal_test_rstring(gfs_handle *g, const char *val, char **result);
GFS_API gfs_status gfs_internal_test_rstringerr(gfs_handle *g, char **result);
GFS_API gfs_status gfs_internal_test_rstringlist(gfs_handle *g, const char *val, char ***result);
GFS_API gfs_status gfs_internal_test_rstringlisterr(gfs_handle *g, char ***result);
GFS_API gfs_status gfs_internal_test_rstruct(gfs_handle *g, const char *val,
    struct gfs_lvm_pv **result);
GFS_API gfs_status gfs_internal_test_rstructerr(gfs_handle *g, struct gfs_lvm_pv **result);
GFS_API gfs_status gfs_internal_test_rstructlist(gfs_handle *g, const char *val,
    struct gfs_lvm_pv_list **result);
GFS_API gfs_status gfs_internal_test_rstructlisterr(gfs_handle *g, struct gfs_lvm_pv_list **result);
GFS_API gfs_status gfs_internal_test_set_output(gfs_handle *g, const char *filename);
